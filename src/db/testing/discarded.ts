/** A process of its own that makes a business's folder, takes it away again, and is torn out. */
import { DataFolder } from '../data-folder.ts'

const data = await DataFolder.open(process.argv[2]!)
const id = data.ids('ten')
await data.tenants.create(id)
await data.tenants.discard(id)
process.kill(process.pid, 'SIGKILL')
