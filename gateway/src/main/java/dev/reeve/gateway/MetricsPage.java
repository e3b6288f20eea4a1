package dev.reeve.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// `/metrics` in the Prometheus text format, or OpenMetrics when asked for: the server's own
/// figures and those of the JVM.
final class MetricsPage {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  MetricsPage(
      ServerMetrics metrics,
      DeciderMetrics deciders,
      BusMetrics bus,
      RouterMetrics router,
      ShadowMetrics shadows,
      CountMetrics others) {
    registry.register(metrics);
    registry.register(deciders);
    registry.register(bus);
    registry.register(router);
    registry.register(shadows);
    registry.register(others);
    JvmMetrics.builder().register(registry);
  }

  HttpResponse serve(HttpRequest request) {
    boolean open =
        request.headers().get(HttpHeaderNames.ACCEPT, "").contains("application/openmetrics-text");
    ExpositionFormatWriter writer =
        open ? formats.getOpenMetricsTextFormatWriter() : formats.getPrometheusTextFormatWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpReplies.text(
        MediaType.parse(writer.getContentType()), out.toString(StandardCharsets.UTF_8));
  }
}
