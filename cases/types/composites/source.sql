insert into t values (1, row(row(1, 'quote " comma , paren ) back \ ', 1.0), array[row(null, '', 0)::inner_type, null], 'infinity'), '{"(,,)","(1,NULL,1.00)"}'),
  (2, row(null, null, null), '{}'), (3, null, null), (4, row(row(null, null, null), '{}', null), null);
insert into keyed values (row(1, 'x', 1.0), 1), (row(1, '', 1.0), 2), (row(2, 'NULL', 0), 3);
insert into whole select id, t from t;
