insert into t values
  (1, '[2:3][-1:0]={{1,2},{3,NULL}}', '{NULL,"NULL","",null," a ","{}","a,b","\"","\\"}', '{NaN,-0,Infinity,1e-300}', '{"\\x00","\\x"}', '{{infinity,-infinity},{"4714-11-24 00:00:00+00 BC",NULL}}', '{1.00,NULL}', '{a,"ab "}', '{"{ \"a\" : 1 }",null}', '{t,f,NULL}'),
  (2, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
  (3, '[0:0]={7}', E'{"\n","\r\t"}', null, null, '{{{2024-01-01}}}', null, null, null, null);
insert into t (id, i) values (4, (select array_agg(i) from generate_series(1, 100000) i));
insert into keyed values ('{}', 0), ('{NULL}', 1), ('{"NULL"}', 2), ('[0:0]={a}', 3), ('{a}', 4), ('{{a}}', 5), ('{"a,b","{"}', 6);
insert into by_ints values ('{}', 0), ('{NULL}', 1), ('{1,2}', 2), ('{{1,2}}', 3), ('[5:6]={1,2}', 4);
