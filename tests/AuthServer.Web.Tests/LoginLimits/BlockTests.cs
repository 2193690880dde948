using System.Text.Json.Nodes;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>Blocks caused by wrong passwords are shown and lifted at <c>/api/v2</c>.</summary>
public sealed class BlockTests : IAsyncLifetime
{
    private const string Name = "grace@example.com";
    private const string Ip = "203.0.113.1";
    private readonly ManagementScenario api = ManagementScenario.With(Callers.Settings);
    private string user = "";
    private Callers callers = null!;

    public async ValueTask InitializeAsync()
    {
        callers = new Callers(api.Server);
        user = await api.NewUserAsync(Name);
    }

    public async ValueTask DisposeAsync()
    {
        await callers.DisposeAsync();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task A_user_is_blocked_from_an_address_until_it_is_lifted()
    {
        await callers.GuessAsync(Name, Ip, 9);
        Assert.Empty(BlocksOf(await api.GetAsync($"user-blocks/{user}")));
        await callers.GuessAsync(Name, Ip, 1);

        string[] paths = [$"user-blocks/{user}?consider_brute_force_enablement=true", $"user-blocks?identifier={Name}"];
        foreach (var path in paths)
        {
            var block = Assert.Single(BlocksOf(await api.GetAsync(path)))!;
            Assert.Equal((Name, Ip), (Text(block, "identifier"), Text(block, "ip")));
            Assert.Equal("Username-Password-Authentication", Text(block, "connection"));
        }

        Assert.False(await callers.TrySignInAsync(Name, Ip, "a long enough one"));
        Assert.Equal(204, (await api.DeleteAsync($"user-blocks/{user}")).Status);
        Assert.Empty(BlocksOf(await api.GetAsync($"user-blocks/{user}")));
        Assert.True(await callers.TrySignInAsync(Name, Ip, "a long enough one"));
    }

    [Fact]
    public async Task Lifting_by_a_name_helps_and_so_does_waiting()
    {
        await callers.GuessAsync(Name, Ip, 10);
        Assert.Equal(204, (await api.DeleteAsync($"user-blocks?identifier={Name.ToUpperInvariant()}")).Status);
        Assert.True(await callers.TrySignInAsync(Name, Ip, "a long enough one"));

        await callers.GuessAsync(Name, Ip, 10);
        api.Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(BlocksOf(await api.GetAsync($"user-blocks/{user}")));
    }

    [Fact]
    public async Task A_block_of_all_unknown_addresses_names_none()
    {
        for (var i = 0; i < 5; i++)
            await callers.GuessAsync(Name, $"203.0.113.{i}", 10);

        var blocks = BlocksOf(await api.GetAsync($"user-blocks/{user}"));
        Assert.Equal(6, blocks.Count);
        Assert.Single(blocks, block => Text(block!, "ip") is null);
    }

    [Fact]
    public async Task A_new_password_lifts_the_block()
    {
        await callers.GuessAsync(Name, Ip, 10);
        await api.PatchAsync($"users/{user}", """{"password":"another long enough one"}""");

        Assert.True(await callers.TrySignInAsync(Name, Ip, "another long enough one"));
    }

    [Fact]
    public async Task A_name_that_no_user_has_is_blocked_alike()
    {
        await callers.GuessAsync("nobody@example.com", Ip, 10);
        var block = Assert.Single(BlocksOf(await api.GetAsync("user-blocks?identifier=nobody@example.com")))!;
        Assert.Equal(Ip, Text(block, "ip"));
        Assert.Equal(204, (await api.DeleteAsync("user-blocks?identifier=nobody@example.com")).Status);
        Assert.Empty(BlocksOf(await api.GetAsync("user-blocks?identifier=nobody@example.com")));
    }

    [Fact]
    public async Task An_address_is_blocked_until_it_is_lifted()
    {
        for (var i = 0; i < 100; i++)
            await callers.GuessAsync($"person{i}@example.com", Ip, 1);

        Assert.Equal(200, (await api.GetAsync($"anomaly/blocks/ips/{Ip}")).Status);
        Assert.Equal(404, (await api.GetAsync("anomaly/blocks/ips/203.0.113.2")).Status);
        Assert.Equal(204, (await api.DeleteAsync($"anomaly/blocks/ips/{Ip}")).Status);
        Assert.Equal(404, (await api.GetAsync($"anomaly/blocks/ips/{Ip}")).Status);
        Assert.True(await callers.TrySignInAsync(Name, Ip, "a long enough one"));
    }

    private static JsonArray BlocksOf(ManagementAnswer answer) => answer["blocked_for"]!.AsArray();

    private static string? Text(JsonNode block, string member) => block[member]?.GetValue<string>();
}
