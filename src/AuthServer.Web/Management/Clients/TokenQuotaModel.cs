using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>The members of a token quota. An update merges them; one without a number is none.</summary>
internal static class TokenQuotaModel
{
    private static readonly ResourceSchema<Draft> Schema = new ResourceSchema<Draft>()
        .OptionalWhole("per_hour", d => d.PerHour, (d, v) => d.PerHour = v, least: 1)
        .OptionalWhole("per_day", d => d.PerDay, (d, v) => d.PerDay = v, least: 1)
        .Flag("enforce", d => d.IsEnforced, (d, v) => d.IsEnforced = v, reset: true);

    public static ResourceSchema<T> TokenQuota<T>(
        this ResourceSchema<T> schema, string name, Func<T, TokenQuota?> get, Action<T, TokenQuota?> set)
        where T : class =>
        schema.Nested(name, target => set(target, null), new ResourceSchema<T>().With(new(
            "client_credentials",
            source => get(source) is { } quota ? Schema.Write(new Draft(quota)) : null,
            (target, value) => Read(get(target), value, quota => set(target, quota)))));

    private static ValidationError? Read(TokenQuota? current, JsonElement value, Action<TokenQuota?> set)
    {
        var draft = new Draft(current);
        if (value.ValueKind == JsonValueKind.Null)
            draft = new Draft(null);
        else if (JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        else if (Schema.Apply(value, draft, Change.Update) is { } error)
            return error;
        set(draft.ToQuota());
        return null;
    }

    private sealed class Draft(TokenQuota? quota)
    {
        public int? PerHour { get; set; } = quota?.PerHour;
        public int? PerDay { get; set; } = quota?.PerDay;
        public bool IsEnforced { get; set; } = quota?.IsEnforced ?? true;

        public TokenQuota? ToQuota() =>
            PerHour is null && PerDay is null ? null : new TokenQuota(PerHour, PerDay, IsEnforced);
    }
}
