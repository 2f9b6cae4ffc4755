package org.brookite.conformance;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;

/** A POJO of types that hold others. */
public class Parcel {
  public Either<Long, Map<String, long[]>> either;
  public Tuple2<String, Order.Status> pair;
  public List<Order.Line[]> lines;
  public Row row;
  public RowData data;
  public DecimalData price;
}
