using System.Net;
using AuthServer.Core.Model;
using AuthServer.Core.Resources;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>A <c>private_key_jwt</c> client gets another key by its <c>client_authentication_methods</c>.</summary>
public sealed class KeyRotationTests(ManagementScenario api) : IClassFixture<ManagementScenario>, IDisposable
{
    private const string Api = "https://rotation.example.com";
    private readonly OAuth oauth = new(api.Server);
    private readonly JwtSigner old = new();
    private readonly JwtSigner next = new();

    public void Dispose()
    {
        old.Dispose();
        next.Dispose();
    }

    [Fact]
    public async Task Only_the_key_that_is_named_authenticates_from_then_on()
    {
        var (client, oldId, nextId) = await RotatingAsync();

        var answer = await NameAsync(client, nextId);

        Assert.Equal((200, $$"""[{"id":"{{nextId}}"}]"""), (answer.Status, Named(answer)));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), await TokensAsync(client));
        Assert.Equal(2, (await api.GetAsync($"clients/{client}/credentials")).List.Count);

        Assert.Equal(200, (await NameAsync(client, oldId)).Status);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), await TokensAsync(client));
    }

    [Fact]
    public async Task An_empty_list_leaves_no_key_that_authenticates()
    {
        var (client, _, _) = await RotatingAsync();

        var answer = await NameAsync(client);

        Assert.Equal((200, "[]"), (answer.Status, Named(answer)));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), await TokensAsync(client));
    }

    [Fact]
    public async Task A_credential_of_another_client_is_400_and_changes_nothing()
    {
        var (client, oldId, _) = await RotatingAsync();

        Assert.Equal(400, (await NameAsync(client, oldId, "cred_0000000000000000000000")).Status);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await TokensAsync(client));
    }

    [Fact]
    public async Task A_new_client_needs_a_key()
    {
        var answer = await api.PostAsync(
            "clients", """{"name":"A","client_authentication_methods":{"private_key_jwt":{"credentials":[]}}}""");

        Assert.Equal(400, answer.Status);
        Assert.Contains("credentials", answer.Message, StringComparison.Ordinal);
    }

    private async Task<(string Client, string Old, string Next)> RotatingAsync()
    {
        var made = await api.PostAsync("clients", $$$$"""
            {"name":"Rotating","app_type":"non_interactive","client_authentication_methods":
              {"private_key_jwt":{"credentials":[{{{{Credential(old)}}}}]}}}
            """);
        var client = made.Text("client_id");
        var known = await api.Server.WithAsync<IResourceServerStore, ResourceServer?>(
            async apis => await apis.FindAsync(Api, CancellationToken.None));
        if (known is null)
            await api.Server.AddApiAsync(identifier: Api);
        await api.Server.AddClientGrantAsync(client, Api, "read:contacts");
        var oldId = (string)made["client_authentication_methods"]!["private_key_jwt"]!["credentials"]![0]!["id"]!;
        var nextId = (await api.PostAsync($"clients/{client}/credentials", Credential(next))).Text("id");
        return (client, oldId, nextId);
    }

    private Task<ManagementAnswer> NameAsync(string client, params string[] ids)
    {
        var named = string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""));
        return api.PatchAsync(
            $"clients/{client}",
            $$$$"""{"client_authentication_methods":{"private_key_jwt":{"credentials":[{{{{named}}}}]}}}""");
    }

    private static string Named(ManagementAnswer answer) =>
        answer["client_authentication_methods"]!["private_key_jwt"]!["credentials"]!.ToJsonString();

    private static string Credential(JwtSigner key)
    {
        var pem = key.PublicPem.Replace("\n", "\\n", StringComparison.Ordinal);
        return $$"""{"credential_type":"public_key","alg":"ES256","pem":"{{pem}}"}""";
    }

    private async Task<(HttpStatusCode Old, HttpStatusCode Next)> TokensAsync(string client) =>
        (await TokenAsync(client, old), await TokenAsync(client, next));

    private async Task<HttpStatusCode> TokenAsync(string client, JwtSigner key)
    {
        var assertion = key.Assertion(client, api.Server.Issuer.Value, api.Server.Time.GetUtcNow());
        var answer = await oauth.PostAsync("/oauth/token",
        [
            ("grant_type", "client_credentials"),
            ("audience", Api),
            ("client_assertion", assertion),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ]);
        return answer.Status;
    }
}
