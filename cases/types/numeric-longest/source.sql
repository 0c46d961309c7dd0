insert into t values (1, repeat('9', 131072)::numeric, array[repeat('9', 131072)::numeric]), (2, -repeat('9', 131072)::numeric, '{}'),
  (3, (repeat('9', 131072) || '.' || repeat('9', 16383))::numeric, null), (4, ('0.' || repeat('0', 16382) || '1')::numeric, null);
insert into keyed values (repeat('9', 131072)::numeric, 1), (-repeat('9', 131072)::numeric, 2), (('0.' || repeat('0', 16382) || '1')::numeric, 3);
insert into without_key select v from t;
