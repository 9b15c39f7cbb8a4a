import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { useState } from "react";
import type { Json } from "@/api/types";
import { EventPicker } from "@/parts/pickers/EventPicker";
import { useSay } from "@/words/say";
import { asSteps, type Step, stepsOf } from "../spec";
import classes from "./Form.module.css";
import { StepRow } from "./StepRow";

interface Props {
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  most: number;
}

let made = 0;

/** The steps of a funnel: picked, refined, and put in order by dragging or with the keyboard. */
export default function StepsEditor({ label, value, onChange, most }: Props) {
  const say = useSay();
  const steps = stepsOf(value);
  // Steps have no names of their own, so each place gets one that moves with it.
  const [ids, setIds] = useState<string[]>([]);
  const known = [...ids.slice(0, steps.length)];
  while (known.length < steps.length) known.push(`step-${++made}`);
  if (known.length !== ids.length) setIds(known);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const set = (next: Step[]) => onChange(asSteps(next));
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const [from, to] = [known.indexOf(String(active.id)), known.indexOf(String(over.id))];
    setIds(arrayMove(known, from, to));
    set(arrayMove(steps, from, to));
  };
  return (
    <fieldset className={classes.steps}>
      <legend className={classes.label}>{label}</legend>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}>
        <SortableContext items={known} strategy={verticalListSortingStrategy}>
          <ol>
            {steps.map((step, place) => (
              <StepRow
                key={known[place]}
                id={known[place] ?? ""}
                number={place + 1}
                of={steps.length}
                step={step}
                onChange={(next) => set(steps.map((one, other) => (other === place ? next : one)))}
                onRemove={() => {
                  setIds(known.filter((_, other) => other !== place));
                  set(steps.filter((_, other) => other !== place));
                }}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      {steps.length < most && (
        <div className={classes.next}>
          <span className={classes.number} aria-hidden="true">
            {steps.length + 1}
          </span>
          <EventPicker
            key={steps.length}
            value={null}
            onChange={(event) => event && set([...steps, { event }])}
            placeholder={say(steps.length ? "web.explore.next_step" : "web.explore.first_step")}
            aria-label={say(steps.length ? "web.explore.next_step" : "web.explore.first_step")}
          />
        </div>
      )}
    </fieldset>
  );
}
