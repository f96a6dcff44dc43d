// What the share window is given; apart from it, so that a page need not fetch the window for its type.

export interface ShareDialogProps {
	readonly link: string;
	readonly title: string;
	readonly save?: () => Promise<{ name: string; text: string }>;
	readonly note?: string;
	readonly onclose: () => void;
}
