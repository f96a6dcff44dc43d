// A figure's table as comma-separated values (RFC 4180): CRLF line ends, fields quoted where they must be, numbers with
// all their digits.

/** Columns of equal length, as a figure's table has them (DataTable). */
export interface Columns {
	readonly columns: readonly {
		readonly label: string;
		readonly values: ArrayLike<number> | readonly string[];
	}[];
}

const quoted = (field: string): string =>
	/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

/** A number as it is read back without loss; nothing for one that is not there. */
function written(value: number | string | undefined): string {
	if (typeof value !== 'number') return quoted(value ?? '');
	if (Number.isNaN(value)) return '';
	if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
	return String(value);
}

/**
 * The whole table, not thinned: a line of column names, with their units where they have one, then a line a row.
 * Numbers are the shortest that read back as the same float64; NaN is an empty field.
 */
export function tableCsv({ columns }: Columns): string {
	const rows = Math.max(0, ...columns.map((c) => c.values.length));
	const lines = [columns.map((c) => quoted(c.label)).join(',')];
	for (let r = 0; r < rows; r++) lines.push(columns.map((c) => written(c.values[r])).join(','));
	return lines.join('\r\n') + '\r\n';
}
