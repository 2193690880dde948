using System.Security.Cryptography.X509Certificates;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Containers;

/// <summary><c>docker compose up</c>, as far as it goes without Docker (<see cref="ComposedServer"/>).</summary>
public sealed class ComposeTests
{
    [Fact]
    public async Task An_unmodified_SDK_signs_in_through_the_proxy_and_a_node_may_die()
    {
        await using var server = new ComposedServer();
        await server.StartAsync();
        await UntilBothNodesAreUsedAsync(server);
        Assert.Equal((0, 0), (await server.CheckHealthAsync("node1"), await server.CheckHealthAsync("node2")));
        Dictionary<string, string> trust = new() { ["NODE_EXTRA_CA_CERTS"] = server.CertificateAuthority };

        var filled = await NodeScripts.RunAsync(
            "world.mjs", trust, server.Issuer, ComposedServer.ClientId, ComposedServer.ClientSecret);
        Assert.True(filled.ExitCode == 0, filled.Output);
        trust["AUTHSERVER_WORLD"] = filled.Output;
        var signedIn = await NodeScripts.RunAsync("express-openid-connect.mjs", trust);
        await server.KillAsync(0);
        var again = await NodeScripts.RunAsync("express-openid-connect.mjs", trust);

        Assert.True(signedIn.ExitCode == 0, signedIn.Output);
        Assert.True(again.ExitCode == 0, again.Output);
        Assert.Equal((1, 0), (await server.CheckHealthAsync("node1"), await server.CheckHealthAsync("node2")));
        Assert.All(server.Outputs, output => Assert.DoesNotContain("\"Error\"", output, StringComparison.Ordinal));
    }

    /// <summary>The proxy uses a node after two checks, a second apart.</summary>
    private static async Task UntilBothNodesAreUsedAsync(ComposedServer server)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(server.CertificateAuthority);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        using var http = new HttpClient(handler);
        await Eventually.UntilAsync(
            () => http.IsServedAsync(server.Issuer + ".well-known/openid-configuration"), "The proxy has no node.");
    }
}
