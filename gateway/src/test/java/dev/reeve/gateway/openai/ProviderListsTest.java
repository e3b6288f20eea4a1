package dev.reeve.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.gateway.provider.EchoProvider;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.wire.reeve.v1.ModelPrice;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderListsTest {
  @Test
  void a_price_is_listed_under_those_who_serve_the_model() {
    ProviderDirectory providers = new ProviderDirectory(List.of(new EchoProvider()));

    assertThat(ProviderLists.providers(providers).getProviders(0).getPricesList())
        .extracting(ModelPrice::getModel)
        .containsExactly("m");
  }
}
