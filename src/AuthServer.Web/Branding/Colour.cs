using System.Globalization;

namespace AuthServer.Web.Branding;

/// <summary>An sRGB colour, and its contrast by WCAG 2.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>WCAG 2, success criterion 1.4.3.</summary>
    public const double ReadableContrast = 4.5;

    /// <summary>WCAG 2, success criterion 1.4.11.</summary>
    public const double VisibleContrast = 3;

    public static Colour White { get; } = new(255, 255, 255);

    public static Colour Black { get; } = new(0, 0, 0);

    /// <summary>
    /// One of the two is always readable on any colour: the lesser of the two best contrasts is 4.58.
    /// </summary>
    public Colour TextOnIt => Contrast(White) >= ReadableContrast ? White : Black;

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <summary><c>#rgb</c> or <c>#rrggbb</c>; null for anything else.</summary>
    public static Colour? Parse(string? text)
    {
        if (text is ['#', var r, var g, var b])
            text = $"#{r}{r}{g}{g}{b}{b}";
        return
            text is { Length: 7 } and ['#', ..]
            && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new Colour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : null;
    }

    public double Contrast(Colour other)
    {
        var (light, dark) = Luminance >= other.Luminance ? (Luminance, other.Luminance) : (other.Luminance, Luminance);
        return (light + 0.05) / (dark + 0.05);
    }

    /// <summary>
    /// The nearest colour of this hue that has this contrast with <paramref name="background"/>: mixed with black or
    /// white, in steps of a twentieth.
    /// </summary>
    public Colour ReadableOn(Colour background, double contrast = ReadableContrast)
    {
        var target = background.TextOnIt;
        for (var step = 0; step < 20; step++)
        {
            var mixed = Mix(target, step / 20.0);
            if (mixed.Contrast(background) >= contrast)
                return mixed;
        }

        return target;
    }

    public Colour Mix(Colour other, double share) =>
        new(Blend(Red, other.Red, share), Blend(Green, other.Green, share), Blend(Blue, other.Blue, share));

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private static byte Blend(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));

    private static double Linear(byte channel) =>
        channel / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
