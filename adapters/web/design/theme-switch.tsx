import type { IconName } from './icon.names.js';
import { Icon } from './icon.js';
import { Menu } from './menu.js';
import { chooseTheme, useTheme, type Theme } from './theme.js';

const themes: readonly Readonly<{ theme: Theme; label: string; icon: IconName }>[] = [
  { theme: 'system', label: 'As the system', icon: 'screen' },
  { theme: 'light', label: 'Light', icon: 'sun' },
  { theme: 'dark', label: 'Dark', icon: 'moon' },
];

export const ThemeSwitch = () => {
  const present = useTheme();
  const icon = themes.find(({ theme }) => theme === present)?.icon ?? 'screen';
  return (
    <Menu
      label="Light or dark"
      icon={icon}
      iconOnly
      tone="quiet"
      items={themes.map(({ theme, label, icon: face }) => ({
        key: theme,
        label,
        before: <Icon name={face} />,
        chosen: theme === present,
        onChoose: () => {
          chooseTheme(theme);
        },
      }))}
    />
  );
};
