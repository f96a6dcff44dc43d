// The type of the frame's words (text/*/ui.ts), apart from the words: they reach the page as data.
import type { Translated } from './chapter';
import type en from './text/en/ui';

export type Ui = Translated<typeof en>;
