insert into t values (1, 1.0, '{1.0,2.50}', '[1.0,2.0)'), (2, 1, '{1}', '[1,2)'), (3, 0, null, 'empty');
insert into keyed values (1.0, 'one'), (2.00, 'two'), (100, 'hundred'), (0.10, 'tenth');
insert into by_list values ('{1.0}', 'one'), ('{2,3}', 'more');
insert into by_span values ('[1.0,2)', 'one'), ('[3,4)', 'more');
insert into stamped values (1.0), (2);
