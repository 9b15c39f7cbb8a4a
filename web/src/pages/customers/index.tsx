import { Route, Routes } from "react-router";
import { Customer } from "./Customer";
import { List } from "./List";

/** Customers: find one, and see everything that is known of them. */
export default function Customers() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path=":id" element={<Customer />} />
    </Routes>
  );
}
