/* Keyboard and small comforts. Everything on the page works without this file. */
const shortcuts = {
  h: '/',
  i: '/items',
  o: '/orders',
  p: '/purchase_orders',
  s: '/shipments',
  r: '/returns',
}
let awaiting_place = false

const isTyping = (target) => target.closest('input, textarea, select, [contenteditable]') !== null

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (event.key === '/') {
    const find = document.getElementById('find')
    if (find) {
      event.preventDefault()
      find.focus()
    }
  } else if (awaiting_place && shortcuts[event.key]) {
    location.assign(shortcuts[event.key])
  }
  awaiting_place = event.key === 'g'
})

/* A second click on a slow form does nothing; the key inside it would make it harmless anyway. */
document.addEventListener('submit', (event) => {
  const button = event.submitter
  if (button && event.target.method === 'post') setTimeout(() => (button.disabled = true))
})

/* Back from the browser's memory: buttons are usable again. */
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button:disabled')) button.disabled = false
})

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) print()
})
