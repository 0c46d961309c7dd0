insert into customer (id, name) select i, 'customer ' || i from generate_series(1, 2000) i;

insert into purchase (id, customer, cents) select i, 1 + i % 2000, 100 * (i % 97) from generate_series(1, 50000) i;
