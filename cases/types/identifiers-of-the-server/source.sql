insert into t values (1, 4294967295, '4294967295', '4294967295', '(4294967295,65535)', 'FFFFFFFF/FFFFFFFF', '10:20:10,14,15', '1 2 4294967295', '-1 32767'),
  (2, 0, '0', '0', '(0,0)', '0/0', '1:1:', '', ''), (3, null, null, null, null, null, null, null, null);
insert into keyed values (4294967295, '1/1'), (0, '0/0'), (2147483648, 'F/F');
insert into by_tid values ('(0,1)', 'a'), ('(1,0)', 'b');
