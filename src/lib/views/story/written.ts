// Numbers as the story's figures write them, for places that must not import charts/.
import { formatNumber } from '$lib/charts/numbers';

/** Three significant digits unless told otherwise, a true minus sign. */
export function written(value: number, digits = 3): string {
	return formatNumber(value, digits);
}

/** A sentence with its {names} filled in. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
	return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
