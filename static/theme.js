// Sets the visitor's theme before the first paint. A file of its own because the content security policy
// allows no inline script; src/lib/controls/theme.svelte.ts writes what this reads.
(function () {
	try {
		var choice = localStorage.getItem('reciprocal:theme');
		if (choice === 'light' || choice === 'dark' || choice === 'projector')
			document.documentElement.dataset.theme = choice;
	} catch (e) {
		// Storage may be forbidden; the system's preference then decides.
	}
})();
