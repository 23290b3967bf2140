import { useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'ecograph:theme';
const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

function apply(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** Use the theme that was chosen here before. */
export function applyTheme(): void {
  apply(stored());
}

/** The theme, and how to turn to the next. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(stored);
  return [theme, () => {
    const next = NEXT[theme];
    if (next === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
    apply(next);
    setTheme(next);
  }];
}
