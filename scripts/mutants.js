// Finds the places in a TypeScript formula where a sign or a factor can be got wrong: what scripts/mutate.js tries.
import ts from 'typescript';

/**
 * @typedef {{ file: string, start: number, end: number, text: string, line: number, what: string }} Mutant
 */

/** @type {Partial<Record<ts.SyntaxKind, string>>} */
const swapped = {
	[ts.SyntaxKind.PlusToken]: '-',
	[ts.SyntaxKind.MinusToken]: '+',
	[ts.SyntaxKind.AsteriskToken]: '/',
	[ts.SyntaxKind.SlashToken]: '*',
	[ts.SyntaxKind.PlusEqualsToken]: '-=',
	[ts.SyntaxKind.MinusEqualsToken]: '+=',
	[ts.SyntaxKind.AsteriskEqualsToken]: '/=',
	[ts.SyntaxKind.SlashEqualsToken]: '*='
};

/** @type {Record<string, string>} */
const constants = { 'Math.LN2': '1', 'Math.PI': '3', 'Math.SQRT1_2': '1', 'Math.SQRT2': '1' };

/** Text, error messages, sizes and array indices are not formulas. @param {ts.Node} node */
function isOutside(node) {
	return (
		ts.isThrowStatement(node) ||
		ts.isImportDeclaration(node) ||
		ts.isTypeNode(node) ||
		ts.isTemplateExpression(node) ||
		ts.isNewExpression(node) ||
		// Constants in capitals are limits and tolerances: changing them costs time or digits, not correctness.
		(ts.isVariableDeclaration(node) && /^[A-Z0-9_]+$/.test(node.name.getText()))
	);
}

/** @param {ts.Node} node */
function holdsText(node) {
	return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

/**
 * All mutants of one file: + and −, × and ÷ exchanged, a minus dropped, a number doubled (0 made 1), a constant
 * such as π or ln 2 replaced by another. Numbers below 1e-5 and above 1e5 are tolerances and guards: left alone.
 * @param {string} file
 * @param {string} source
 * @returns {Mutant[]}
 */
export function mutantsOf(file, source) {
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
	/** @type {Mutant[]} */
	const found = [];
	/** @param {ts.Node} node @param {string} text @param {number} [start] @param {number} [end] */
	const add = (node, text, start = node.getStart(), end = node.getEnd()) => {
		const line = tree.getLineAndCharacterOfPosition(start).line + 1;
		const row = source.split('\n')[line - 1].trim();
		found.push({
			file,
			start,
			end,
			text,
			line,
			what: `${source.slice(start, end)} → ${text || '(nothing)'} in: ${row}`
		});
	};
	/** @param {ts.Node} node */
	const visit = (node) => {
		if (isOutside(node)) return;
		if (ts.isElementAccessExpression(node)) return visit(node.expression);
		if (ts.isForStatement(node)) return visit(node.statement);
		if (ts.isCallExpression(node) && /\.(subarray|slice|fill|set)$/.test(node.expression.getText())) return;
		if (ts.isBinaryExpression(node)) {
			const other = swapped[node.operatorToken.kind];
			if (other && !holdsText(node.left) && !holdsText(node.right)) add(node.operatorToken, other);
		} else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
			add(node, '', node.getStart(), node.operand.getStart());
		} else if (ts.isNumericLiteral(node)) {
			const x = Number(node.text);
			if (x === 0) add(node, '1');
			else if (Math.abs(x) > 1e-5 && Math.abs(x) < 1e5) add(node, String(2 * x));
		} else if (ts.isPropertyAccessExpression(node) && node.getText() in constants) {
			add(node, constants[node.getText()]);
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}
