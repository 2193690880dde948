using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Tickets;

/// <summary><c>/dbconnections</c>, its legacy errors and what it must not disclose.</summary>
public sealed class DatabaseSignupTests : IAsyncLifetime
{
    private const string Password = "four unrelated words here";
    private readonly TestServer server = new();
    private Client client = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync() =>
        (client, http) = (await server.AddPublicClientAsync(), server.NewHttp());

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_account_is_made_and_its_address_asked_to_confirm()
    {
        var (status, json) = await SignUpAsync(
            new
            {
                email = "Grace@example.com",
                password = Password,
                given_name = "Grace",
                picture = "https://example.com/g.png",
                user_metadata = new { plan = "free" },
            });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("^[0-9a-f]{24}$", json.GetProperty("_id").GetString());
        Assert.Equal("grace@example.com", json.GetProperty("email").GetString());
        Assert.False(json.GetProperty("email_verified").GetBoolean());
        Assert.Equal("Grace", json.GetProperty("given_name").GetString());
        Assert.Equal("free", json.GetProperty("user_metadata").GetProperty("plan").GetString());
        var user = await server.WithAsync<AuthDbContext, User>(db =>
            db.Users.SingleAsync(u => u.NormalizedEmail == "grace@example.com"));
        Assert.Equal("auth0|" + json.GetProperty("_id").GetString(), user.UserId);
        using var browser = new Browser(server);
        await browser.OpenAsync((await server.EmailToAsync("grace@example.com")).LinkOf());
        await browser.ClickAsync("verify-submit");
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync("grace@example.com", Password);
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_username_is_stored_and_answered_in_lower_case()
    {
        var (_, json) = await SignUpAsync(
            new { email = "grace@example.com", username = "GraceHopper", password = Password });

        Assert.Equal("gracehopper", json.GetProperty("username").GetString());
    }

    [Fact]
    public async Task A_taken_address_gets_a_general_error_unless_the_tenant_reveals_it()
    {
        var taken = new { email = " ADA@example.com", password = Password };
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_signup"), Code(await SignUpAsync(taken)));

        await server.ChangeSettingsAsync(settings =>
            settings.Flags = new Dictionary<string, bool>(StringComparer.Ordinal)
            {
                ["enable_public_signup_user_exists_error"] = true,
            });
        Assert.Equal((HttpStatusCode.BadRequest, "user_exists"), Code(await SignUpAsync(taken)));
    }

    [Fact]
    public async Task An_error_has_the_legacy_shape()
    {
        var (_, json) = await SignUpAsync(new { email = "grace@example.com", password = "short" });

        Assert.Equal(
            ["code", "description", "name", "policy", "statusCode"],
            json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal("PasswordStrengthError", json.GetProperty("name").GetString());
        Assert.Equal("invalid_password", json.GetProperty("code").GetString());
        Assert.Equal(400, json.GetProperty("statusCode").GetInt32());
    }

    [Theory]
    [InlineData("""{"email":"grace","password":"four unrelated words here"}""", "invalid_email")]
    [InlineData(
        """{"email":"grace@example.com\r\nBcc: all@example.com","password":"four unrelated words here"}""",
        "invalid_email")]
    [InlineData("""{"password":"four unrelated words here"}""", "invalid_email")]
    [InlineData("""{"email":"grace@example.com"}""", "invalid_password")]
    [InlineData("""{"email":"grace@example.com","password":5}""", "invalid_password")]
    [InlineData("""{"email":"grace@example.com","password":"password123"}""", "invalid_password")]
    [InlineData(
        """{"email":"grace@example.com","password":"four unrelated words here","picture":"javascript:alert(1)"}""",
        "invalid_body")]
    [InlineData(
        """{"email":"grace@example.com","password":"four unrelated words here","username":"a@b"}""", "invalid_body")]
    [InlineData(
        """{"email":"grace@example.com","password":"four unrelated words here","user_metadata":{"a":{"b":1}}}""",
        "invalid_body")]
    [InlineData(
        """{"email":"grace@example.com","password":"four unrelated words here","connection":"elsewhere"}""",
        "invalid_connection")]
    [InlineData(
        """{"email":"grace@example.com","password":"four unrelated words here","client_id":"nobody"}""",
        "invalid_client")]
    public async Task Invalid_values_are_reported(string members, string code)
    {
        var body = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(members)!;
        body.TryAdd("client_id", JsonSerializer.SerializeToElement(client.ClientId));
        body.TryAdd("connection", JsonSerializer.SerializeToElement(Connection.DefaultDatabase));
        using var answer = await http.PostAsJsonAsync("/dbconnections/signup", body);

        Assert.Equal(
            (HttpStatusCode.BadRequest, code),
            Code((answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"email\":\"\\ud800\"}")]
    public async Task Unreadable_bodies_are_reported(string body)
    {
        using var answer = await http.PostAsync(
            "/dbconnections/signup", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_is_read_too()
    {
        using var answer = await http.PostAsync(
            "/dbconnections/signup",
            new FormUrlEncodedContent([
                new("client_id", client.ClientId),
                new("connection", Connection.DefaultDatabase),
                new("email", "grace@example.com"),
                new("password", Password),
            ]));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_closed_database_and_a_third_party_create_no_user()
    {
        var theirs = await server.AddPublicClientAsync(c => (c.Name, c.IsFirstParty) = ("Calendar Buddy", false));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "unauthorized_client"),
            Code(
                await SignUpAsync(
                    new
                    {
                        client_id = theirs.ClientId,
                        email = "grace@example.com",
                        password = Password,
                    })));

        await server.ChangeAsync(async db => (await db.Connections.SingleAsync()).DisableSignup = true);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "signup_disabled"),
            Code(await SignUpAsync(new { email = "grace@example.com", password = Password })));
    }

    [Fact]
    public async Task A_script_of_a_registered_origin_may_call()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/dbconnections/signup")
        {
            Headers =
            {
                { "Origin", "https://app.example.com" },
                { "Access-Control-Request-Method", "POST" },
                { "Access-Control-Request-Headers", "auth0-client,content-type" },
            },
        };
        using var answer = await http.SendAsync(request);

        Assert.Equal("https://app.example.com", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    private async Task<(HttpStatusCode Status, JsonElement Json)> SignUpAsync(object members)
    {
        var body = JsonSerializer
            .SerializeToElement(members)
            .EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        body.TryAdd("client_id", JsonSerializer.SerializeToElement(client.ClientId));
        body.TryAdd("connection", JsonSerializer.SerializeToElement(Connection.DefaultDatabase));
        using var answer = await http.PostAsJsonAsync("/dbconnections/signup", body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static (HttpStatusCode, string?) Code((HttpStatusCode Status, JsonElement Json) answer) =>
        (answer.Status, answer.Json.GetProperty("code").GetString());
}
