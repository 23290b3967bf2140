/** The path that the application is mounted under, with a slash at its end: scripts lie in its `assets/`. */
export const base = import.meta.env.PROD ? new URL(/* @vite-ignore */ '..', import.meta.url).pathname : '/';
