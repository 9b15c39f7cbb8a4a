import {
  IconAdjustmentsHorizontal,
  IconBulb,
  IconChartBar,
  IconClipboardText,
  IconDatabase,
  IconInbox,
  IconLayoutDashboard,
  IconMap,
  IconMessageHeart,
  IconMessageReply,
  IconNotes,
  IconRoute,
  IconSparkles,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Key } from "@/words/key";

export interface Place {
  path: string;
  word: Key;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Pressed after `g`, it goes there. */
  letter: string;
}

/** The pages in the order of the navigation, in its groups. */
export const PLACES: { head: Key | null; places: Place[] }[] = [
  {
    head: null,
    places: [
      { path: "overview", word: "web.shell.overview", icon: IconRoute, letter: "o" },
      { path: "maps", word: "web.shell.maps", icon: IconMap, letter: "m" },
      { path: "explore", word: "web.shell.explore", icon: IconChartBar, letter: "e" },
      { path: "boards", word: "web.shell.boards", icon: IconLayoutDashboard, letter: "b" },
      { path: "start", word: "web.shell.start", icon: IconSparkles, letter: "s" },
    ],
  },
  {
    head: "web.shell.voice_group",
    places: [
      { path: "voice", word: "web.shell.voice", icon: IconMessageHeart, letter: "v" },
      { path: "inbox", word: "web.shell.inbox", icon: IconInbox, letter: "i" },
      { path: "feedback", word: "web.shell.feedback", icon: IconMessageReply, letter: "f" },
      { path: "interviews", word: "web.shell.interviews", icon: IconNotes, letter: "r" },
      { path: "insights", word: "web.shell.insights", icon: IconBulb, letter: "n" },
      { path: "surveys", word: "web.shell.surveys", icon: IconClipboardText, letter: "q" },
    ],
  },
  {
    head: "web.shell.data_group",
    places: [
      { path: "customers", word: "web.shell.customers", icon: IconUsers, letter: "c" },
      { path: "data", word: "web.shell.data", icon: IconDatabase, letter: "d" },
      { path: "settings", word: "web.shell.settings", icon: IconAdjustmentsHorizontal, letter: "t" },
    ],
  },
];

export const ALL_PLACES = PLACES.flatMap((group) => group.places);
