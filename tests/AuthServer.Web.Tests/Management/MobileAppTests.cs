using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Apps of a client that may open this server's links.</summary>
public sealed class MobileAppTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task Android_and_iOS_find_a_clients_apps()
    {
        var id = await api.NewClientAsync();
        await api.PatchAsync(
            $"clients/{id}",
            """
            {"mobile":{"android":{"app_package_name":"com.example","sha256_cert_fingerprints":["DE:AD:BE:EF"]},
            "ios":{"team_id":"9JA89QQLNQ","app_bundle_identifier":"com.my.bundle"}}}
            """);
        var client = await api.PatchAsync(
            $"clients/{id}", """{"mobile":{"ios":{"app_bundle_identifier":"com.my.other"}}}""");
        var links = await ReadAsync("assetlinks.json");
        var association = await ReadAsync("apple-app-site-association");
        await api.PatchAsync($"clients/{id}", """{"mobile":null}""");

        Assert.Equal("9JA89QQLNQ", client["mobile"]!["ios"]!["team_id"]!.GetValue<string>());
        Assert.Equal(
            """
            [{"relation":["delegate_permission/common.handle_all_urls"],"target":{"namespace":"android_app",
            "package_name":"com.example","sha256_cert_fingerprints":["DE:AD:BE:EF"]}}]
            """.ReplaceLineEndings(""),
            links);
        Assert.Equal(
            """
            {"applinks":{"apps":[],"details":[{"appID":"9JA89QQLNQ.com.my.other","paths":["/ios/com.my.other/*"]}]},
            "webcredentials":{"apps":["9JA89QQLNQ.com.my.other"]}}
            """.ReplaceLineEndings(""),
            association);
        Assert.Equal("[]", await ReadAsync("assetlinks.json"));
    }

    [Theory]
    [InlineData("""{"ios":{"team_id":"a/b"}}""", "mobile.ios.team_id")]
    [InlineData("""{"android":{"sha256_cert_fingerprints":["DEAD"]}}""", "mobile.android.sha256_cert_fingerprints")]
    [InlineData("""{"windows":{}}""", "mobile")]
    public async Task A_malformed_app_is_refused(string mobile, string member)
    {
        var answer = await api.PatchAsync($"clients/{await api.NewClientAsync()}", $$"""{"mobile":{{mobile}}}""");

        Assert.Equal(400, answer.Status);
        Assert.Contains(member, answer.Text("message"), StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync(string document)
    {
        using var http = api.Server.NewHttp();
        return await http.GetStringAsync(
            new Uri("/.well-known/" + document, UriKind.Relative), TestContext.Current.CancellationToken);
    }
}
