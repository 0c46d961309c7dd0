insert into t values ('{}', 'e'), ('{1,2}', 'a'), ('{{1,2},{3,4}}', 'b'), ('[2:3]={1,2}', 'c'), ('{NULL}', 'd'); insert into s values ('{NULL}', 'n'), ('{"NULL"}', 't'), ('{""}', 'e'), ('{"a,b"}', 'c'), ('{a,b}', 'd');
insert into n values ('{1.0,2}', 'a'), ('{3}', 'b'), ('{4}', 'b'), ('{5}', 'b'); insert into f values ('{0,1}', 'a'), ('{NaN}', 'b');
