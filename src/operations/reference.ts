/** Shows the API to developers: the OpenAPI document, and a page to read and try it. */
import type { Elysia } from 'elysia'
import { escapeHtml } from '../kit/html.ts'
import { assetUrl } from './assets.ts'
import { renderOpenapi } from './openapi.ts'
import type { Operation } from './operation.ts'
import { mount } from './rest.ts'
import { reference_headers } from './security-headers.ts'

const document_path = '/v1/openapi.json'
export const reference_path = '/reference'

export function mountReference(app: Elysia, operations: readonly Operation[]): void {
  let document: string | undefined
  mount(app, 'GET', document_path, ({ set }) => {
    set.headers['content-type'] = 'application/json'
    return (document ??= JSON.stringify(renderOpenapi(operations)))
  })
  mount(app, 'GET', reference_path, ({ set }) => {
    set.headers['content-type'] = 'text/html; charset=utf-8'
    Object.assign(set.headers, reference_headers)
    return referencePage()
  })
}

/** Nothing is loaded from elsewhere, nothing is sent elsewhere: no fonts, no proxy, no telemetry. */
const configuration = {
  url: document_path,
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
}

const referencePage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stowage API reference</title>
<link rel="icon" href="${assetUrl('icon.svg')}">
</head>
<body>
<div id="api-reference" data-configuration="${escapeHtml(JSON.stringify(configuration))}"></div>
<script src="${assetUrl('api-reference.js')}"></script>
</body>
</html>
`
