// Globals that the build defines and that TypeScript cannot see.
declare global {
	/** True in the static build (no server routes), false in the node build. Set by vite.config.ts. */
	const __STATIC_SITE__: boolean;
	/** Commit that was built, where the build was told (GITHUB_SHA); else null. Set by vite.config.ts. */
	const __COMMIT__: string | null;
	namespace App {}
}
export {};
