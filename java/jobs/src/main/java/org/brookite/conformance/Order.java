package org.brookite.conformance;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A POJO as jobs have them: fields with and without null, collections, other POJOs. */
public class Order {
  public long id;
  public String customer;
  public BigDecimal total;
  public Integer priority;
  public Status status;
  public double[] weights;
  public List<Line> lines;
  public Map<String, Line> byName;

  /** A private field with a getter and a setter. */
  private boolean express;

  public boolean isExpress() {
    return express;
  }

  public void setExpress(boolean express) {
    this.express = express;
  }

  /** A POJO in a POJO. */
  public static class Line {
    public String sku;
    public int quantity;

    public static Line of(String sku, int quantity) {
      Line line = new Line();
      line.sku = sku;
      line.quantity = quantity;
      return line;
    }
  }

  /** A POJO of one field. */
  public static class Empty {
    public Void nothing;
  }

  /** An enum, one of whose constants has a class of its own. */
  public enum Status {
    NEW,
    PAID {
      @Override
      public boolean done() {
        return true;
      }
    },
    SHIPPED;

    public boolean done() {
      return false;
    }
  }
}
