insert into t values ('{"a":1}', '(0,0)', '-0', 1.00, '{"NULL"}', '-infinity');
