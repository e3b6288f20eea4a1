package dev.reeve.policy;

import dev.reeve.policy.YamlNode.Entry;
import dev.reeve.policy.YamlNode.Mapping;
import dev.reeve.policy.YamlNode.Place;
import dev.reeve.policy.YamlNode.Scalar;
import dev.reeve.policy.YamlNode.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Builds the tree of one YAML 1.2 document from the parser's events, within bounds: no recursion,
/// limited depth and size, no anchors, aliases or tags, so a small file stays small in memory. Used
/// once, by one thread.
final class YamlReader {
  static final int DEPTH_MAX = 32;
  static final int NODES_MAX = 500_000;

  private final Deque<Open> open = new ArrayDeque<>();
  private int nodes;
  private int documents;
  private Place last = Place.START;
  private @Nullable YamlNode root;

  /// A collection whose end has not come yet.
  private static final class Open {
    final Place place;
    final boolean mapping;
    final List<YamlNode> elements = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    @Nullable Scalar key;

    Open(Place place, boolean mapping) {
      this.place = place;
      this.mapping = mapping;
    }
  }

  private YamlReader() {}

  /// The document of this text.
  ///
  /// @throws YamlException when it is not YAML, oversteps a bound or holds no document
  static YamlNode read(String text) {
    YamlReader reader = new YamlReader();
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        reader.accept(event);
      }
    } catch (ReaderException e) {
      throw new YamlException(
          placeOf(text, e.getPosition()),
          "character U+%04X (expected: a printable one)".formatted(e.getCodePoint()));
    } catch (MarkedYamlEngineException e) {
      throw new YamlException(placeOf(e), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new YamlException(Place.START, "not YAML: " + e.getMessage());
    } catch (NumberFormatException e) {
      // The parser lets this one out for an escape such as \UFFFFFFFF and does not say where.
      throw new YamlException(reader.last, "not YAML: an escape beyond Unicode after this place");
    }
    YamlNode root = reader.root;
    if (root == null) {
      throw new YamlException(Place.START, "the file is empty (expected: a policy)");
    }
    return root;
  }

  private void accept(Event event) {
    Place place = placeOf(event);
    last = place;
    if (event instanceof NodeEvent node) {
      refuseReferences(node, place);
    }
    switch (event) {
      case DocumentStartEvent _ -> {
        documents++;
        if (documents > 1) {
          throw new YamlException(place, "a second document (expected: one)");
        }
      }
      case ScalarEvent scalar -> {
        refuseTag(scalar.getTag(), place);
        add(new Scalar(place, scalar.getValue(), scalar.isPlain()));
      }
      case CollectionStartEvent start -> {
        refuseTag(start.getTag(), place);
        begin(place, start instanceof MappingStartEvent);
      }
      case MappingEndEvent _ -> end();
      case SequenceEndEvent _ -> end();
      default -> {
        // The start of the stream, the end of the document and comments say nothing.
      }
    }
  }

  private void begin(Place place, boolean mapping) {
    if (open.size() == DEPTH_MAX) {
      throw new YamlException(place, "nested deeper than " + DEPTH_MAX + " levels");
    }
    if (!open.isEmpty() && open.getLast().mapping && open.getLast().key == null) {
      throw new YamlException(place, "a key that is not a text (expected: a name)");
    }
    open.addLast(new Open(place, mapping));
  }

  private void end() {
    Open done = open.removeLast();
    add(
        done.mapping
            ? new Mapping(done.place, done.entries)
            : new Sequence(done.place, done.elements));
  }

  private void add(YamlNode node) {
    nodes++;
    if (nodes > NODES_MAX) {
      throw new YamlException(node.place(), "more than " + NODES_MAX + " values");
    }
    if (open.isEmpty()) {
      root = node;
      return;
    }
    Open parent = open.getLast();
    Scalar key = parent.key;
    if (!parent.mapping) {
      parent.elements.add(node);
    } else if (key != null) {
      parent.entries.add(new Entry(key, node));
      parent.key = null;
    } else if (node instanceof Scalar scalar) {
      parent.key = scalar;
    }
  }

  private static void refuseReferences(NodeEvent node, Place place) {
    if (node instanceof AliasEvent || node.getAnchor().isPresent()) {
      throw new YamlException(place, "an anchor or alias (expected: everything written out)");
    }
  }

  private static void refuseTag(Optional<String> tag, Place place) {
    if (tag.isPresent()) {
      throw new YamlException(place, "a tag (expected: plain text, lists and mappings)");
    }
  }

  private static Place placeOf(Event event) {
    return event.getStartMark().map(YamlReader::placeOf).orElse(Place.START);
  }

  private static Place placeOf(MarkedYamlEngineException e) {
    return e.getProblemMark().or(e::getContextMark).map(YamlReader::placeOf).orElse(Place.START);
  }

  private static Place placeOf(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /// The place of a character, counted like columns in code points.
  static Place placeOf(String text, int position) {
    int line = 1;
    int column = 1;
    int at = 0;
    for (int i = 0; i < position && at < text.length(); i++) {
      boolean lineEnd = text.charAt(at) == '\n';
      line += lineEnd ? 1 : 0;
      column = lineEnd ? 1 : column + 1;
      at = text.offsetByCodePoints(at, 1);
    }
    return new Place(line, column);
  }
}
