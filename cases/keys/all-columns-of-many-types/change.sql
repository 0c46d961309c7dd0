update t set c = 4.75 where a = 4; update t set d = 'NaN' where a = 5; update t set b = b where a = 6;
