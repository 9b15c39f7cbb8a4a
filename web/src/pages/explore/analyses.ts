import {
  IconArrowRampRight,
  IconArrowsSplit2,
  IconArrowsUpDown,
  IconCalendarRepeat,
  IconChartBar,
  IconChartDots3,
  IconChartLine,
  IconChecklist,
  IconCircleHalf2,
  IconDeviceDesktop,
  IconDoorEnter,
  IconFilter,
  IconFilterCheck,
  IconGauge,
  IconGift,
  IconGridDots,
  IconHandStop,
  IconHeartRateMonitor,
  IconHourglass,
  IconMessageReply,
  IconMessages,
  IconMoodSmile,
  IconReceipt,
  IconRefresh,
  IconRoute,
  IconScale,
  IconStack2,
  IconStars,
  IconSteeringWheel,
  IconTransfer,
  IconTransferVertical,
  IconUsersGroup,
  IconZoomQuestion,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Key } from "@/words/key";

export type Icon = ComponentType<{ size?: number; stroke?: number }>;

/** The analyses by what one wants to know; those that belong to one customer or one model stand on their own pages. */
export const GROUPS: { head: Key; names: string[] }[] = [
  {
    head: "web.explore.group_far",
    names: ["funnel", "stages", "conformance", "handoffs", "timing", "response_times"],
  },
  { head: "web.explore.group_path", names: ["graph", "flow", "step_matrix", "variants", "clusters"] },
  { head: "web.explore.group_back", names: ["retention", "lifecycle", "stickiness", "sessions"] },
  { head: "web.explore.group_credit", names: ["attribution", "channels", "first_touch", "drivers"] },
  { head: "web.explore.group_who", names: ["segment", "overlap", "rfm", "drift", "behaviours"] },
  {
    head: "web.explore.group_much",
    names: ["trend", "metric", "scores", "themes", "servqual", "kano", "maxdiff", "rollup"],
  },
];

export const ICONS: Record<string, Icon> = {
  funnel: IconFilter,
  stages: IconStack2,
  conformance: IconChecklist,
  handoffs: IconTransfer,
  timing: IconHourglass,
  response_times: IconMessageReply,
  graph: IconRoute,
  flow: IconArrowsSplit2,
  step_matrix: IconGridDots,
  variants: IconArrowRampRight,
  clusters: IconChartDots3,
  retention: IconRefresh,
  lifecycle: IconHeartRateMonitor,
  stickiness: IconCalendarRepeat,
  sessions: IconDeviceDesktop,
  attribution: IconScale,
  channels: IconTransferVertical,
  first_touch: IconDoorEnter,
  drivers: IconSteeringWheel,
  segment: IconFilterCheck,
  overlap: IconCircleHalf2,
  rfm: IconReceipt,
  drift: IconUsersGroup,
  behaviours: IconHandStop,
  trend: IconChartLine,
  metric: IconGauge,
  scores: IconMoodSmile,
  themes: IconMessages,
  servqual: IconStars,
  kano: IconGift,
  maxdiff: IconArrowsUpDown,
  rollup: IconChartBar,
};

export function iconOf(analysis: string): Icon {
  return ICONS[analysis] ?? IconZoomQuestion;
}
