insert into word values (1, '日本語'), (2, 'ソ表能'), (3, 'plain');
insert into keyed values ('日本', 1), ('東京', 2), ('ﾊﾝｶｸ', 3), ('plain', 4), ('語', 5);
insert into "表" values (1, '三文字'), (2, null);
