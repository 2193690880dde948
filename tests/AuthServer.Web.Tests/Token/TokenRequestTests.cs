using System.Net;
using System.Text;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Token;

/// <summary>Malformed requests at <c>/oauth/token</c>: a clear 4xx, no-store, nothing issued.</summary>
public sealed class TokenRequestTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task Json_means_the_same_as_a_form()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client);

        var answer = await BodyAsync(
            $$"""
            {"grant_type":"authorization_code","client_id":"{{client.ClientId}}","client_secret":"{{TestData.Secret}}",
            "code":"{{code}}","redirect_uri":"{{TestData.Callback}}","code_verifier":"{{OAuth.Verifier}}"}
            """,
            "application/json; charset=UTF-8");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("""{"grant_type":["client_credentials"]}""", "application/json")]
    [InlineData("""{"grant_type":{"a":1}}""", "application/json")]
    [InlineData("""{"grant_type":1}""", "application/json")]
    [InlineData("""{"grant_type":"client_credentials","grant_type":"client_credentials"}""", "application/json")]
    [InlineData("""{"grant_type":""", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("grant_type=client_credentials", "text/plain")]
    [InlineData("grant_type=client_credentials", "application/json")]
    [InlineData("""{"grant_type":"client_credentials"}""", "application/x-www-form-urlencoded")]
    [InlineData("grant_type=client_credentials", null)]
    [InlineData("grant_type=client_credentials", "not a type")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", "application/x-www-form-urlencoded")]
    [InlineData("scope=a&grant_type=client_credentials&scope=b", "application/x-www-form-urlencoded")]
    [InlineData("grant_type=", "application/x-www-form-urlencoded")]
    [InlineData("client_id=x", "application/x-www-form-urlencoded")]
    public async Task A_malformed_request_is_an_invalid_request(string body, string? contentType)
    {
        var answer = await BodyAsync(body, contentType);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer.Error));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task An_unknown_grant_type_says_so()
    {
        var answer = await BodyAsync("grant_type=urn:made:up&client_id=x", "application/x-www-form-urlencoded");

        Assert.Equal((HttpStatusCode.BadRequest, "unsupported_grant_type"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData(65 * 1024)]
    [InlineData(10 * 1024 * 1024)]
    public async Task A_body_beyond_64_KiB_is_too_large(int size)
    {
        var answer = await BodyAsync("grant_type=" + new string('x', size), "application/x-www-form-urlencoded");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Five_thousand_parameters_are_refused()
    {
        var answer = await BodyAsync(
            string.Join('&', Enumerable.Range(0, 5_000).Select(i => $"p{i}=1")), "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [InlineData("/oauth/token?client_secret=s")]
    [InlineData("/oauth/token?grant_type=client_credentials")]
    public async Task Parameters_in_the_url_are_refused(string path)
    {
        var answer = await oauth.PostAsync(path, ("grant_type", "client_credentials"));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Only_post_is_allowed(string method)
    {
        var answer = await oauth.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/oauth/token"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
    }

    [Fact]
    public async Task An_absurd_scope_is_an_invalid_scope()
    {
        var client = await server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);

        var answer = await oauth.TokenAsync(
            client,
            ("grant_type", "client_credentials"),
            ("audience", TestData.Api),
            ("scope", string.Join(' ', Enumerable.Repeat("x", 10_000))));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_scope"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Scripts_of_registered_origins_may_call_and_others_may_not()
    {
        await server.AddClientAsync(c => c.WebOrigins = ["https://spa.example.com"]);

        Assert.Equal(["https://spa.example.com"], await PreflightAsync("https://spa.example.com"));
        Assert.Equal(["https://app.example.com"], await PreflightAsync("https://app.example.com"));
        Assert.Empty(await PreflightAsync("https://evil.example"));
    }

    private async Task<IEnumerable<string>> PreflightAsync(string origin)
    {
        var message = new HttpRequestMessage(HttpMethod.Options, "/oauth/token");
        message.Headers.Add("Origin", origin);
        message.Headers.Add("Access-Control-Request-Method", "POST");
        message.Headers.Add("Access-Control-Request-Headers", "auth0-client,content-type");
        var answer = await oauth.SendAsync(message);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values : [];
    }

    private Task<Answer> BodyAsync(string body, string? contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var message = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = content };
        message.Headers.ExpectContinue = body.Length > 1024 * 1024;
        return oauth.SendAsync(message);
    }
}
