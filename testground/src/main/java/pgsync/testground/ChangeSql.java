package pgsync.testground;

import java.util.List;
import pgsync.testground.RandomChanges.Change;

/**
 * The changes as SQL for simple statements. {@code $where} is a number from 0 to 1 that says which row, {@code $what} one below a
 * million that says what it becomes, {@code $name} a text no other change has. A row is found by the key above a point between the
 * smallest and the largest, and what hangs on it is removed before it, so no foreign key stands in the way.
 */
final class ChangeSql {
    private ChangeSql() {}

    private static String some(String table) {
        return "(select id from %1$s where id >= (select min(id) + ((max(id) - min(id)) * $where)::bigint from %1$s) order by id limit 1)"
                .formatted(table);
    }

    private static final List<String> NEW_CUSTOMER = List.of("""
            with c as (insert into customers (email, name, profile, balance)
                       values ('$name@example.org', 'New $what', jsonb_build_object('n', $what), $what / 100.0) returning id)
            insert into addresses (customer_id, street, city) select id, 'Street $what', 'Town' from c
            """);

    private static final List<String> NEW_ORDER = List.of("""
            with p as (select id, price from products where id >= %s order by id limit 1 + $what %% 4),
                 o as (insert into orders (customer_id, total, note)
                       select %s, coalesce(sum(price), 0), case when $what %% 3 = 0 then E'note\\t$what' end from p returning id),
                 i as (insert into order_items (order_id, line, product_id, quantity, price)
                       select o.id, row_number() over (order by p.id), p.id, 1 + $what %% 5, p.price from o, p)
            insert into payments (id, order_id, method, amount)
            select md5('$name')::uuid, id, 'card', $what / 100.0 from o where $what %% 2 = 0
            """.formatted(some("products"), some("customers")));

    private static final List<String> ORDER_MOVES_ON = List.of("""
            update orders set status = (array['paid', 'shipped', 'returned', 'cancelled'])[1 + $what %% 4]::order_status, updated_at = now()
             where id = %s
            """.formatted(some("orders")));

    private static final List<String> OTHER_QUANTITY = List.of("""
            update order_items set quantity = 1 + $what %% 90, updated_at = now() where order_id = %s and line = 1
            """.formatted(some("orders")));

    private static final List<String> SHIPPED = List.of("""
            insert into shipments (order_id, carrier, took) values (%s, 'carrier $what', $what * interval '1 second')
            """.formatted(some("orders")));

    private static final List<String> OTHER_PRICE = List.of("""
            update products set price = $what / 100.0, colours = colours[1:1] || array['shade $what'], updated_at = now() where id = %s
            """.formatted(some("products")));

    private static final List<String> COUNTED = List.of("""
            insert into stock (product_id, available) values (%s, $what)
                on conflict (product_id) do update set available = excluded.available, counted_on = date '2026-01-01', updated_at = now()
            """.formatted(some("products")));

    private static final List<String> NEW_PRODUCT = List.of("""
            insert into products (category_id, sku, name, price, picture)
            values (%s, md5('$name')::uuid, 'Product $what', $what / 100.0, decode(md5('$what'), 'hex'))
            """.formatted(some("categories")));

    private static final List<String> TAGGED = List.of("""
            insert into product_tags (product_id, tag) values (%s, 'tag ' || $what %% 20) on conflict do nothing
            """.formatted(some("products")));

    private static final List<String> UNTAGGED =
            List.of("delete from product_tags where product_id = %s".formatted(some("products")));

    private static final List<String> PROFILE = List.of("""
            update customers set profile = profile || '{"seen": $what}', balance = balance + 1, updated_at = now() where id = %s
            """.formatted(some("customers")));

    private static final List<String> MOVED_HOUSE = List.of("""
            update addresses set street = 'Lane $what', zip = null, updated_at = now() where id = %s
            """.formatted(some("addresses")));

    private static final List<String> REVIEWED = List.of("""
            insert into reviews (product_id, customer_id, stars, body) values (%s, %s, 1 + $what %% 5, 'review $name')
            """.formatted(some("products"), some("customers")));

    private static final List<String> REVIEW_REMOVED =
            List.of("delete from reviews where id = %s".formatted(some("reviews")));

    private static final List<String> ORDER_REMOVED = List.of(
            "delete from shipments where order_id = %s".formatted(some("orders")),
            "delete from payments where order_id = %s".formatted(some("orders")),
            "delete from order_items where order_id = %s".formatted(some("orders")),
            "delete from orders where id = %s".formatted(some("orders")));

    private static final List<String> CATEGORY_MOVED = List.of("""
            update categories set parent_id = 1 + $what %% 6, updated_at = now() where id = greatest(7, %s)
            """.formatted(some("categories")));

    private static final List<String> SETTING = List.of("""
            insert into settings (name, value) values ('setting.' || $what % 40, '$name')
                on conflict (name) do update set value = excluded.value
            """);

    private static final List<String> LOGGED =
            List.of("insert into audit_log (who, what, before) values ('writer', 'change $name', '{\"n\": $what}')");

    private static final List<String> EVENT = List.of("""
            insert into events (happened_at, kind, payload)
            values (timestamptz '2025-01-01 00:00+00' + $what * interval '1 minute', 'event $what', '{"what": $what}')
            """);

    private static final List<String> EVENT_CHANGED = List.of("""
            update events set payload = payload || '{"again": $what}', updated_at = now() where id = %s
            """.formatted(some("events")));

    private static final List<String> EVENT_REMOVED =
            List.of("delete from events where id = %s".formatted(some("events")));

    static final List<Change> ALL = List.of(
            new Change(4, NEW_CUSTOMER),
            new Change(12, NEW_ORDER),
            new Change(12, ORDER_MOVES_ON),
            new Change(4, OTHER_QUANTITY),
            new Change(4, SHIPPED),
            new Change(8, OTHER_PRICE),
            new Change(6, COUNTED),
            new Change(2, NEW_PRODUCT),
            new Change(2, TAGGED),
            new Change(1, UNTAGGED),
            new Change(8, PROFILE),
            new Change(4, MOVED_HOUSE),
            new Change(4, REVIEWED),
            new Change(2, REVIEW_REMOVED),
            new Change(4, ORDER_REMOVED),
            new Change(1, CATEGORY_MOVED),
            new Change(2, SETTING),
            new Change(3, LOGGED),
            new Change(6, EVENT),
            new Change(3, EVENT_CHANGED),
            new Change(2, EVENT_REMOVED));
}
