insert into app.pg_class values (1, 'a'); insert into public.pg_attribute values ('a'), ('b');
insert into app.t values (1, 'one', '1.0', '(1,x)', '{ not json'), (2, null, '1.00', '(,)', '');
insert into app.keyed values ('1.0', 'a'), ('1.00', 'b'), ('2.50', 'c');
