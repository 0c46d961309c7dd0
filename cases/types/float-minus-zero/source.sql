insert into t values (1, 0, 0, '{0}', '(0,0)'), (2, '-0', '-0', '{-0}', '(-0,0)');
insert into keyed values (0, 'zero'), ('NaN', 'nan'), ('Infinity', 'inf');
