using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace AuthServer.Actions.Child;

/// <summary>
/// scrypt (RFC 7914). It is compiled for speed at once, because a process may derive one key only: that of
/// BouncyCastle needs more time of the processor for its first key than an Action may use.
/// </summary>
internal static class Scrypt
{
    private const int WordsOfBlock = 16;
    private const int VectorsOfBlock = 4;

    /// <summary>RFC 7914 §6.</summary>
    public static byte[] Derive(byte[] password, byte[] salt, int n, int r, int p, int length)
    {
        var size = 2 * r * WordsOfBlock * sizeof(uint);
        var blocks = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, size * p);
        for (var i = 0; i < p; i++)
            Mix(blocks.AsSpan(i * size, size), n, r);
        return Rfc2898DeriveBytes.Pbkdf2(password, blocks, 1, HashAlgorithmName.SHA256, length);
    }

    /// <summary>
    /// RFC 7914 §5. The words of each block are in the order of its diagonals, so that a vector has one word of each of
    /// the four quarter rounds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(Span<byte> bytes, int n, int r)
    {
        var size = 2 * r * VectorsOfBlock;
        var (x, y) = (new Vector128<uint>[size], new Vector128<uint>[size]);
        var table = GC.AllocateUninitializedArray<Vector128<uint>>(size * n);
        var words = MemoryMarshal.Cast<Vector128<uint>, uint>(x.AsSpan());
        for (var i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[PlaceOf(i)..]);
        for (var i = 0; i < n; i++)
        {
            x.CopyTo(table, i * size);
            MixBlocks(x, y, r);
            (x, y) = (y, x);
        }

        for (var i = 0; i < n; i++)
        {
            var chosen = (int)(x[size - VectorsOfBlock].ToScalar() & (uint)(n - 1));
            var row = table.AsSpan(chosen * size, size);
            for (var k = 0; k < row.Length; k++)
                x[k] ^= row[k];
            MixBlocks(x, y, r);
            (x, y) = (y, x);
        }

        words = MemoryMarshal.Cast<Vector128<uint>, uint>(x.AsSpan());
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[PlaceOf(i)..], words[i]);
    }

    /// <summary>Index of the first byte of a word, by its place in the order of the diagonals.</summary>
    private static int PlaceOf(int word) =>
        (word - (word % WordsOfBlock) + (word * 5 % WordsOfBlock)) * sizeof(uint);

    /// <summary>RFC 7914 §4: the blocks with even numbers come first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixBlocks(Vector128<uint>[] from, Vector128<uint>[] to, int r)
    {
        var last = from.Length - VectorsOfBlock;
        var (a, b, c, d) = (from[last], from[last + 1], from[last + 2], from[last + 3]);
        for (var i = 0; i < 2 * r; i++)
        {
            var source = i * VectorsOfBlock;
            (a, b, c, d) = (a ^ from[source], b ^ from[source + 1], c ^ from[source + 2], d ^ from[source + 3]);
            Salsa(ref a, ref b, ref c, ref d);
            var target = ((i / 2) + (i % 2 * r)) * VectorsOfBlock;
            (to[target], to[target + 1], to[target + 2], to[target + 3]) = (a, b, c, d);
        }
    }

    /// <summary>Salsa20/8 (RFC 7914 §3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Salsa(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        var (w, x, y, z) = (a, b, c, d);

        // Columns and rows in turn: the words are moved so that the next are mixed alike, with x and z exchanged.
        for (var i = 0; i < 8; i++)
        {
            x ^= Rotate(w + z, 7);
            y ^= Rotate(x + w, 9);
            z ^= Rotate(y + x, 13);
            w ^= Rotate(z + y, 18);
            (x, y, z) = (
                Vector128.Shuffle(z, Vector128.Create(1u, 2, 3, 0)),
                Vector128.Shuffle(y, Vector128.Create(2u, 3, 0, 1)),
                Vector128.Shuffle(x, Vector128.Create(3u, 0, 1, 2)));
        }

        (a, b, c, d) = (a + w, b + x, c + y, d + z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> words, int bits) => (words << bits) | (words >>> (32 - bits));
}
