/** The measure of all reads: `Bun.serve` with one JSON answer and nothing around it. */
const answer = JSON.parse(process.env.ANSWER!) as object

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.env.PORT),
  development: false,
  fetch: () => Response.json(answer),
})

process.on('SIGTERM', () => {
  void server.stop(true).then(() => process.exit(0))
})
