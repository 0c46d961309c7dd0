-- $orders and $seed are put in before this runs. All chance comes from pick(), so that the same seed gives the same rows everywhere.
-- pick(i, salt, n): a number from 0 to n - 1 that looks accidental.
create function pg_temp.pick(i bigint, salt integer, n bigint) returns bigint language sql immutable as $body$
    select (((((i + $seed) * 2654435761 + salt * 40503) % 4294967291) # (((i + $seed) * 2654435761 + salt * 40503) % 4294967291 >> 13))
            * 1103515245 >> 7) % n
$body$;
-- a moment of the year 2025
create function pg_temp.moment(i bigint, salt integer) returns timestamptz language sql immutable as $body$
    select timestamptz '2025-01-01 00:00:00+00' + pg_temp.pick(i, salt, 31535999) * interval '1 second'
           + pg_temp.pick(i, salt + 1, 1000000) * interval '1 microsecond'
$body$;
create function pg_temp.word(i bigint, salt integer) returns text language sql immutable as $body$
    select (array['amber', 'birch', 'copper', 'dune', 'ember', 'fjord', 'glass', 'heather', 'iris', 'jade', 'knoll', 'lüster', 'moor',
                  'niño', 'olive', 'pearl', '石', 'river', 'sand', 'thyme', 'umber', 'vale', 'wool', 'Ψ', 'yarrow', 'zinc'])
           [1 + pg_temp.pick(i, salt, 26)]
$body$;

insert into categories (id, parent_id, name, updated_at)
select i, case when i > 6 then 1 + pg_temp.pick(i, 1, 6) end, pg_temp.word(i, 2) || ' ' || i, pg_temp.moment(i, 3)
  from generate_series(1, 40) as i;

insert into customers (id, email, name, profile, birthday, newsletter, balance, created_at, updated_at)
select i, 'customer' || i || '@example.org', initcap(pg_temp.word(i, 11)) || ' ' || initcap(pg_temp.word(i, 12)),
       jsonb_build_object('level', pg_temp.pick(i, 13, 5), 'likes', jsonb_build_array(pg_temp.word(i, 14), pg_temp.word(i, 15))),
       case when pg_temp.pick(i, 16, 4) > 0 then date '1950-01-01' + pg_temp.pick(i, 17, 20000)::integer end,
       pg_temp.pick(i, 18, 2) = 1, pg_temp.pick(i, 19, 100000) / 100.0, pg_temp.moment(i, 20), pg_temp.moment(i, 20)
  from generate_series(1, greatest(10, $orders / 4)) as i;

insert into addresses (id, customer_id, kind, street, city, zip, updated_at)
select i, i, case when pg_temp.pick(i, 31, 5) = 0 then 'W' else 'H' end, pg_temp.word(i, 32) || ' street ' || pg_temp.pick(i, 33, 200),
       initcap(pg_temp.word(i, 34)), case when pg_temp.pick(i, 35, 9) > 0 then lpad(pg_temp.pick(i, 36, 100000)::text, 5, '0') end,
       pg_temp.moment(i, 37)
  from generate_series(1, greatest(10, $orders / 4)) as i;

insert into products (id, category_id, sku, name, price, weight, colours, sizes, picture, notes, updated_at)
select i, 1 + pg_temp.pick(i, 41, 40), md5(i || ' sku $seed')::uuid, pg_temp.word(i, 42) || ' ' || pg_temp.word(i, 43),
       pg_temp.pick(i, 44, 50000) / 100.0, case when pg_temp.pick(i, 45, 3) > 0 then pg_temp.pick(i, 46, 100000) / 7.0 end,
       array[pg_temp.word(i, 47), pg_temp.word(i, 48)], case when pg_temp.pick(i, 49, 2) = 0 then array[36, null, 36 + i % 10] end,
       case when pg_temp.pick(i, 50, 4) = 0 then decode(repeat(md5(i::text), 1 + i::integer % 20), 'hex') end,
       case when pg_temp.pick(i, 51, 5) = 0 then E'a "quoted"\tnote, with \\ and\na second line ' || i end, pg_temp.moment(i, 52)
  from generate_series(1, greatest(20, $orders / 10)) as i;

insert into stock (product_id, available, reserved, counted_on, updated_at)
select id, pg_temp.pick(id, 61, 500), pg_temp.pick(id, 62, 9), date '2025-01-01' + pg_temp.pick(id, 63, 365)::integer, pg_temp.moment(id, 64)
  from products;

insert into product_tags (product_id, tag)
select distinct id, pg_temp.word(id * 3 + n, 71) from products, generate_series(1, 2) as n;

insert into orders (id, customer_id, address_id, status, ordered_at, total, details, note, updated_at)
select i, c, c, (array['new', 'paid', 'shipped', 'shipped', 'shipped', 'returned', 'cancelled'])[1 + pg_temp.pick(i, 81, 7)]::order_status,
       pg_temp.moment(i, 82), pg_temp.pick(i, 83, 100000) / 100.0,
       case when pg_temp.pick(i, 84, 3) = 0 then format('{"coupon":  "%s", "n": %s}', pg_temp.word(i, 85), i)::json end,
       case pg_temp.pick(i, 86, 20) when 0 then '' when 1 then E'ring\r\ntwice' when 2 then '\N' end, pg_temp.moment(i, 82)
  from (select i, 1 + pg_temp.pick(i, 80, greatest(10, $orders / 4)) as c from generate_series(1, $orders) as i) as chosen;

insert into order_items (order_id, line, product_id, quantity, price, updated_at)
select o.id, n, 1 + pg_temp.pick(o.id * 4 + n, 91, greatest(20, $orders / 10)), 1 + pg_temp.pick(o.id * 4 + n, 92, 5),
       pg_temp.pick(o.id * 4 + n, 93, 20000) / 100.0, o.updated_at
  from orders as o, generate_series(1, 1 + pg_temp.pick(o.id, 90, 3)::integer) as n;

insert into payments (id, order_id, method, amount, paid_on, updated_at)
select md5(id || ' payment $seed')::uuid, id, (array['card', 'invoice', 'cash'])[1 + pg_temp.pick(id, 101, 3)], total,
       (ordered_at at time zone 'UTC')::date, updated_at
  from orders where status <> 'new';

insert into shipments (order_id, carrier, took, from_host, updated_at)
select id, pg_temp.word(id, 111), pg_temp.pick(id, 112, 900000) * interval '1 second',
       case when pg_temp.pick(id, 113, 2) = 0 then ('10.0.' || pg_temp.pick(id, 114, 255) || '.7')::inet end, updated_at
  from orders where status in ('shipped', 'returned') order by id;

insert into reviews (product_id, customer_id, stars, body, updated_at)
select 1 + pg_temp.pick(i, 121, greatest(20, $orders / 10)), 1 + pg_temp.pick(i, 122, greatest(10, $orders / 4)),
       1 + pg_temp.pick(i, 123, 5), case when pg_temp.pick(i, 124, 4) > 0 then repeat(pg_temp.word(i, 125) || ' ', 1 + i % 30) end,
       pg_temp.moment(i, 126)
  from generate_series(1, greatest(5, $orders / 10)) as i;

insert into settings (name, value)
select 'setting.' || i, case when i % 5 > 0 then pg_temp.word(i, 131) end from generate_series(1, 30) as i;

insert into audit_log (at, who, what, before)
select pg_temp.moment(i / 2, 141) at time zone 'UTC', pg_temp.word(i / 2, 142), 'changed an order',
       case when i % 10 = 0 then jsonb_build_object('order', i) end
  from generate_series(1, greatest(10, $orders / 4)) as i;

insert into events (id, happened_at, kind, payload, updated_at)
select i, m, pg_temp.word(i, 151), jsonb_build_object('n', i, 'ok', i % 3 = 0), m
  from (select i, pg_temp.moment(i, 152) as m from generate_series(1, greatest(10, $orders / 2)) as i) as moments;

-- rows above brought their own numbers
select setval(pg_get_serial_sequence('customers', 'id'), max(id)) from customers;
select setval(pg_get_serial_sequence('addresses', 'id'), max(id)) from addresses;
select setval(pg_get_serial_sequence('categories', 'id'), max(id)) from categories;
select setval(pg_get_serial_sequence('products', 'id'), max(id)) from products;
select setval(pg_get_serial_sequence('orders', 'id'), max(id)) from orders;
select setval('events_id_seq', max(id)) from events;

drop function pg_temp.pick(bigint, integer, bigint);
drop function pg_temp.moment(bigint, integer);
drop function pg_temp.word(bigint, integer);
