import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eaf0ff",
  "#d6e0fd",
  "#b3c5fa",
  "#8fadf2",
  "#6e8fea",
  "#4a72e0",
  "#2f5bd7",
  "#274dbb",
  "#1f3f9c",
  "#18327d",
];

const gray: MantineColorsTuple = [
  "#f6f7f9",
  "#f0f2f5",
  "#e6e9ee",
  "#dde1e7",
  "#cfd5dd",
  "#a4adb9",
  "#6b7583",
  "#5b6675",
  "#3a4452",
  "#1c2430",
];

const dark: MantineColorsTuple = [
  "#e8ebf0",
  "#c5ccd6",
  "#aab4c1",
  "#919cab",
  "#3b4554",
  "#28303c",
  "#1b212a",
  "#161b23",
  "#12161d",
  "#0f1319",
];

const fonts = "Inter, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

const FLOATING = {
  content: { background: "var(--card)" },
  header: { background: "var(--card)" },
  title: { fontWeight: 650, fontSize: 15 },
};

const px = (pixels: number) => `${pixels / 16}rem`;

/** Type of 13, spacing in fours, radii of 8 and 12: the measures of the look, in Mantine's names. */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: fonts,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Noto Sans SC', monospace",
  headings: {
    fontFamily: fonts,
    fontWeight: "650",
    sizes: {
      h1: { fontSize: px(19), lineHeight: "1.35" },
      h2: { fontSize: px(15), lineHeight: "1.4" },
      h3: { fontSize: px(13), lineHeight: "1.45" },
    },
  },
  fontSizes: { xs: px(11), sm: px(12), md: px(13), lg: px(15), xl: px(19) },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.35" },
  spacing: { xs: px(4), sm: px(8), md: px(12), lg: px(16), xl: px(24) },
  radius: { xs: px(4), sm: px(6), md: px(8), lg: px(12), xl: px(16) },
  defaultRadius: "md",
  primaryColor: "accent",
  primaryShade: 6,
  colors: { accent, gray, dark },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: "sm", fw: 500 },
      // Beside a field it is the field that gives way.
      styles: { root: { flexShrink: 0 } },
      vars: (_: unknown, { size }: { size?: string }) => ({
        root: size === "sm" ? { "--button-height": "max(32px, var(--finger))" } : {},
      }),
    },
    Input: {
      vars: () => ({
        wrapper: {
          "--input-height": "max(32px, var(--finger))",
          "--input-fz": "var(--field)",
          "--input-bd": "var(--edge)",
        },
      }),
    },
    InputWrapper: {
      styles: {
        label: { fontSize: 12, color: "var(--soft)", marginBottom: 2 },
        description: { fontSize: 11.5, lineHeight: 1.45, marginBottom: 4, color: "var(--faint)" },
      },
    },
    Select: { defaultProps: { checkIconPosition: "right" } },
    Checkbox: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" }, styles: { label: { fontSize: 12 } } },
    Tooltip: { defaultProps: { openDelay: 300, fz: "sm" } },
    Menu: { defaultProps: { shadow: "md", position: "bottom-start" } },
    Popover: { defaultProps: { shadow: "md" } },
    Modal: {
      defaultProps: { radius: "lg", padding: "lg", overlayProps: { backgroundOpacity: 0.35 } },
      styles: FLOATING,
    },
    Drawer: { defaultProps: { padding: "lg", overlayProps: { backgroundOpacity: 0.25 } }, styles: FLOATING },
  },
});

/** Mantine's own surfaces, told in the tokens of `tokens.css`. */
export const variables: CSSVariablesResolver = () => {
  const both = {
    "--mantine-color-body": "var(--ground)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--soft)",
    "--mantine-color-placeholder": "var(--faint)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--worse)",
    "--mantine-color-default": "var(--card)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line)",
    "--mantine-color-disabled": "var(--track)",
    "--mantine-color-disabled-color": "var(--faint)",
    "--mantine-primary-color-filled": "var(--button)",
    "--mantine-primary-color-filled-hover": "var(--button-hover)",
    "--mantine-primary-color-light": "var(--accent-soft)",
    "--mantine-primary-color-light-hover": "var(--accent-soft)",
    "--mantine-primary-color-light-color": "var(--accent)",
    "--mantine-color-accent-filled": "var(--button)",
    "--mantine-color-accent-filled-hover": "var(--button-hover)",
    "--mantine-color-accent-light": "var(--accent-soft)",
    "--mantine-color-accent-light-color": "var(--accent)",
    "--mantine-color-accent-outline": "var(--accent)",
    "--mantine-color-accent-text": "var(--accent)",
  };
  return { variables: {}, light: both, dark: both };
};
