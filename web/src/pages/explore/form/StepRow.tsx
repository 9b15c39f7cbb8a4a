import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Menu, Switch } from "@mantine/core";
import { IconDots, IconGripVertical } from "@tabler/icons-react";
import { useState } from "react";
import { LaterConditionBuilder } from "@/parts/condition/LaterConditionBuilder";
import { DurationInput } from "@/parts/pickers/DurationInput";
import { EventPicker, EventsPicker } from "@/parts/pickers/EventPicker";
import { useSay } from "@/words/say";
import type { Step } from "../spec";
import classes from "./Form.module.css";

interface Props {
  id: string;
  number: number;
  of: number;
  step: Step;
  onChange: (step: Step) => void;
  onRemove: () => void;
}

type Part = "where" | "within" | "several";

/** One step: its event, and what else was asked of it. */
export function StepRow({ id, number, of, step, onChange, onRemove }: Props) {
  const say = useSay();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id });
  const [opened, setOpened] = useState<Part[]>([]);
  const shows = (part: Part) => opened.includes(part);
  const several = Array.isArray(step.event);
  const named = several ? (step.event as string[]).join(", ") : ((step.event as string | null) ?? "");
  const label = say("web.explore.step_named", { n: number, name: named });
  const inner = number > 1 && number < of;
  return (
    <li
      ref={setNodeRef}
      className={`${classes.step} ${isDragging ? classes.dragged : ""}`}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <div className={classes.line}>
        <button
          type="button"
          className={classes.grip}
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={say("web.explore.move_step", { n: number })}
        >
          <span className={classes.number}>{number}</span>
          <IconGripVertical size={14} className={classes.dots} />
        </button>
        {several || shows("several") ? (
          <EventsPicker
            aria-label={label}
            value={several ? (step.event as string[]) : step.event ? [step.event as string] : []}
            onChange={(events) => onChange({ ...step, event: events.length === 1 ? events[0] : events })}
          />
        ) : (
          <EventPicker
            aria-label={label}
            value={(step.event as string | null) ?? null}
            clearable={false}
            placeholder={say("web.explore.any_event")}
            onChange={(event) => onChange({ ...step, event })}
          />
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={say("web.explore.step_more", { n: number })}
            >
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setOpened([...opened, "where"])}>
              {say("web.explore.step_where")}
            </Menu.Item>
            <Menu.Item onClick={() => setOpened([...opened, "several"])}>
              {say("web.explore.step_several")}
            </Menu.Item>
            {number > 1 && (
              <Menu.Item onClick={() => setOpened([...opened, "within"])}>
                {say("web.explore.step_within")}
              </Menu.Item>
            )}
            {inner && (
              <Menu.Item onClick={() => onChange({ ...step, optional: !step.optional })}>
                {say(step.optional ? "web.explore.step_needed" : "web.explore.step_optional")}
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item onClick={onRemove}>{say("web.do.remove")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {(step.where || shows("where")) && (
        <div className={classes.part}>
          <LaterConditionBuilder
            value={step.where ?? null}
            counts={false}
            onChange={(where) => onChange({ ...step, where })}
          />
        </div>
      )}
      {(step.within || shows("within")) && (
        <div className={classes.part}>
          <DurationInput
            label={say("web.explore.step_within")}
            value={step.within ?? null}
            onChange={(within) => onChange({ ...step, within })}
          />
        </div>
      )}
      {step.optional && (
        <div className={classes.part}>
          <Switch
            label={say("web.explore.step_optional")}
            checked
            onChange={() => onChange({ ...step, optional: false })}
          />
        </div>
      )}
    </li>
  );
}
