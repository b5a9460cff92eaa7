/** One stock level over HTTP, token and ETag included, beside a server that does nothing. */
import { drive, requestText } from '../load/drive.ts'
import { inTurns, median, perSecond, ratioOf, type Row } from '../row.ts'
import { startBare, startOurs } from '../servers/start.ts'
import { onStage, stageShop } from '../stage/shop.ts'

const connections = 64

export const readLevel: Row = async ({ folder, size, say }) => {
  const shop = await onStage(folder, (data) => stageShop(data, 'Reads', 1_000))
  const { token } = shop.tenant
  const paths = shop.item_ids.map((id) => `/v1/items/${id}/levels/${shop.bin_id}`)
  const ours = await startOurs({ data: `${folder}/data` })
  const answer = await fetch(`http://127.0.0.1:${ours.port}${paths[0]}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const bare = await startBare(await answer.text())
  try {
    const requests = paths.map((path) => requestText({ method: 'GET', path, token }))
    const load = (port: number) => async () => {
      const plan = { port, connections, duration_ms: size.round_ms, requests }
      return (await drive(plan, 200)).per_second
    }
    await inTurns(1, [load(ours.port), load(bare.port)])
    const [ours_all, bare_all] = await inTurns(size.rounds, [load(ours.port), load(bare.port)])
    const ratio = ratioOf(ours_all!, bare_all!)
    const [ours_each, bare_each] = [median(ours_all!), median(bare_all!)]
    say(`reads: ${perSecond(ours_each)} beside ${perSecond(bare_each)}`)
    return [
      {
        what: '`GET` one stock level, with token and ETag',
        measured: `${perSecond(ours_each)}; bare \`Bun.serve\` ${perSecond(bare_each)}`,
        ratio: ratio.toFixed(2),
        hold: '≥ 0.30 of bare `Bun.serve`',
        met: ratio >= 0.3,
        numbers: [ours_each, bare_each, ratio],
      },
    ]
  } finally {
    await Promise.all([ours.stop(), bare.stop()])
  }
}
