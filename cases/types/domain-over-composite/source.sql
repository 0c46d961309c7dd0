insert into t values (1, '(1,x)', '{"(1,)","(2,y)"}', '[1,2)'), (2, null, '{}', 'empty');
