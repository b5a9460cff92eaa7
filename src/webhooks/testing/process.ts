/** A process that only runs the workers of a data folder, so that a test can kill it. */
import pino from 'pino'
import { DataFolder } from '../../db/data-folder.ts'
import { startWorkers } from '../../workers.ts'
import { testMasterKey } from './master-key.ts'

const data = await DataFolder.open(process.argv[2]!)
const services = {
  objects: () => {
    throw new Error('no objects here')
  },
  public_url: 'http://localhost',
  master_key: testMasterKey,
  private_hosts: ['127.0.0.0/8'],
}
await startWorkers({ data, services, log: pino({ level: 'silent' }) })
setInterval(() => undefined, 1_000)
