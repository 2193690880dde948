using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>The shapes of lists in the Management API.</summary>
public sealed class PagingTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task Without_totals_a_list_is_a_bare_array() =>
        Assert.NotEmpty((await api.GetAsync("clients")).List);

    [Fact]
    public async Task With_totals_a_list_is_an_object()
    {
        var answer = await api.GetAsync("clients?include_totals=true&per_page=1");

        Assert.Equal(
            (0, 1, 1),
            (answer["start"]!.GetValue<int>(), answer["limit"]!.GetValue<int>(), answer["length"]!.GetValue<int>()));
        Assert.Single(answer["clients"]!.AsArray());
        Assert.True(answer["total"]!.GetValue<int>() >= 1);
    }

    [Fact]
    public async Task The_page_after_the_last_is_empty()
    {
        var answer = await api.GetAsync("clients?include_totals=true&page=1000000&per_page=100");

        Assert.Empty(answer["clients"]!.AsArray());
        Assert.True(answer["total"]!.GetValue<int>() >= 1);
    }

    [Fact]
    public async Task Pages_hold_every_item_once()
    {
        for (var i = 0; i < 5; i++)
            await api.NewClientAsync();
        var seen = new List<string>();
        for (
            var page = 0;
            (await api.GetAsync($"clients?page={page}&per_page=2")).List is { Count: > 0 } clients;
            page++)
            seen.AddRange(clients.Select(client => client!["client_id"]!.GetValue<string>()));

        Assert.Equal(
            (await api.GetAsync("clients?include_totals=true"))["total"]!.GetValue<int>(),
            seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Checkpoints_hold_every_item_once_and_the_last_has_no_next()
    {
        for (var i = 0; i < 3; i++)
            await api.PostAsync("connections", $$"""{"name":"every-{{i}}","strategy":"auth0"}""");
        var seen = new List<string>();
        string? next = null;
        do
        {
            var answer = await api.GetAsync("connections?take=2" + (next is null ? "" : "&from=" + next));
            seen.AddRange(answer["connections"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));
            next = answer["next"]?.GetValue<string>();
        }
        while (next is not null);

        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((await api.GetAsync("connections?include_totals=true"))["total"]!.GetValue<int>(), seen.Count);
    }

    [Fact]
    public async Task With_take_totals_are_not_given()
    {
        var answer = await api.GetAsync("connections?include_totals=true&take=50");

        Assert.Null(answer["total"]);
        Assert.NotEmpty(answer["connections"]!.AsArray());
    }

    [Fact]
    public async Task The_checkpoint_of_one_list_is_none_of_another()
    {
        await api.PostAsync("connections", """{"name":"checkpointed","strategy":"auth0"}""");
        var next = (await api.GetAsync("connections?take=1")).Text("next");

        Assert.Equal(400, (await api.GetAsync("client-grants?from=" + next)).Status);
    }

    [Fact]
    public async Task Fields_are_picked_or_left_out()
    {
        var picked = await api.GetAsync($"clients/{TestServer.ClientId}?fields=name,app_type,password_hash");
        var others = await api.GetAsync($"clients/{TestServer.ClientId}?fields=name&include_fields=false");

        Assert.Equal("name,app_type", string.Join(',', picked.Json!.AsObject().Select(member => member.Key)));
        Assert.Null(others["name"]);
        Assert.NotNull(others["client_id"]);
    }
}
