insert into up select from generate_series(1, 20); insert into down select from generate_series(1, 20); insert into ahead select from generate_series(1, 20);
