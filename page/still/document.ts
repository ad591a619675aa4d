/** A page without a script: its style sheet inside, allowed by its hash alone, and nothing loaded from anywhere. */
import { escaped, markup } from './markup.ts';
import type { ComponentChild } from 'preact';

/** A style sheet, and its hash as the page's policy has it. */
export interface Style {
  readonly text: string;
  readonly hash: string;
}

/** Returns a page. `images`: where its pictures may be from, as a policy says it. */
export const documentOf = (
  title: string,
  { hash, text }: Style,
  body: ComponentChild,
  images = "'none'",
): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hash}; img-src ${images}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${text}</style>
</head>
<body>
${markup(body)}
</body>
</html>
`;
