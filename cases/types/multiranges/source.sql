insert into t values (1, '{[1,2),[5,6)}', '{(1.0,2.0],[3,)}', '{(,infinity]}'), (2, '{}', '{}', '{}'), (3, '{(,)}', null, null);
insert into keyed values ('{}', 'none'), ('{[1,2)}', 'one'), ('{[1,2),[4,5)}', 'two');
insert into own values (1, '{[-0,1],[2,NaN]}'), (2, '{}');
