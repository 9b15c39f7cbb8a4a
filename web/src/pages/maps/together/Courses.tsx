import type { Of } from "@/api/schemas";
import { useSay } from "@/words/say";
import classes from "./Courses.module.css";

/** What each path takes and costs in both maps, and the difference where all of its steps are known. */
export function Courses({ paths }: { paths: Of<"DiffPath">[] }) {
  const say = useSay();
  if (!paths.length) return null;
  return (
    <section className={classes.courses} aria-label={say("web.maps.together.courses")}>
      {paths.map((path) => (
        <table key={path.key}>
          <caption>{path.name || say("web.maps.together.all_steps")}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{say("web.maps.together.before")}</th>
              <th scope="col">{say("web.maps.together.after")}</th>
              <th scope="col">{say("web.maps.together.difference")}</th>
            </tr>
          </thead>
          <tbody>
            {path.figures.map((one) => (
              <tr key={one.kind + one.unit}>
                <th scope="row">
                  {say(`web.maps.together.course.${one.kind}`)} {one.unit}
                </th>
                <td>{one.before}</td>
                <td>{one.after}</td>
                <td>
                  <b>{one.change ?? "—"}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <p>{say("web.maps.together.courses_about")}</p>
    </section>
  );
}
