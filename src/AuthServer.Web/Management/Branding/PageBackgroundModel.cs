using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Branding;

/// <summary>The tenant's <c>page_background</c>: a colour, or an object that is a linear gradient.</summary>
internal static class PageBackgroundModel
{
    private const string Gradient = "linear-gradient";

    private static readonly ResourceSchema<Draft> Schema = new ResourceSchema<Draft>()
        .Text("type", d => d.Type, (d, v) => d.Type = v, JsonValidators.OneOf(Gradient))
        .Text("start", d => d.Start, (d, v) => d.Start = v, BrandingModel.Color)
        .Text("end", d => d.End, (d, v) => d.End = v, BrandingModel.Color)
        .Whole("angle_deg", d => d.Degrees, (d, v) => d.Degrees = v, 0, 360, 0);

    public static Member<TenantSettings> Member { get; } = new("page_background", Write, Read);

    private static JsonNode? Write(TenantSettings settings) => settings.PageBackground switch
    {
        null => null,
        { End: null } colour => colour.Start,
        var gradient => new JsonObject
        {
            ["type"] = Gradient,
            ["start"] = gradient.Start,
            ["end"] = gradient.End,
            ["angle_deg"] = gradient.Degrees,
        },
    };

    private static ValidationError? Read(TenantSettings settings, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            settings.PageBackground = null;
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            if (BrandingModel.Color(value) is { } unfit)
                return unfit;
            settings.PageBackground = new PageBackground(value.GetString()!);
            return null;
        }

        var draft = new Draft();
        if (Schema.Apply(value, draft, Change.Create) is { } error)
            return error;
        if (Array.Find(["type", "start", "end"], name => !value.TryGetProperty(name, out _)) is { } missing)
            return ValidationError.Missing(missing);
        settings.PageBackground = new PageBackground(draft.Start, draft.End, draft.Degrees);
        return null;
    }

    private sealed class Draft
    {
        public string Type { get; set; } = Gradient;
        public string Start { get; set; } = "";
        public string End { get; set; } = "";
        public int Degrees { get; set; }
    }
}
